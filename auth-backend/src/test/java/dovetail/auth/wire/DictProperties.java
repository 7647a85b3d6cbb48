package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The same for the dict protocol, in each version. */
class DictProperties {
  private static Arbitrary<String> texts() {
    return WireProperties.texts();
  }

  private static Arbitrary<Long> ids() {
    return WireProperties.ids();
  }

  @Property(seed = "31", tries = 1_000)
  void commands(
      @ForAll("hellos") DictHello hello,
      @ForAll("commands") List<DictCommand> commands,
      @ForAll @IntRange(min = 1, max = 60) int size)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DictClientCodec client = new DictClientCodec(Octets.input(""), Sinks.into(out), hello);
    client.writeHello();
    client.write(commands);
    DictServerCodec server =
        new DictServerCodec(Octets.input(Octets.string(out.toByteArray()), size), Sinks.nowhere());
    assertThat(server.readHello()).isEqualTo(hello);
    for (DictCommand command : commands) {
      assertThat(server.read()).isEqualTo(in(hello, command));
    }
    assertThat(server.await()).isFalse();
  }

  /** What of a command can be said in a version. */
  private static DictCommand in(DictHello hello, DictCommand command) {
    boolean old = hello.major() == 2;
    return switch (command) {
      case DictCommand.Lookup one ->
          new DictCommand.Lookup(one.key(), old ? hello.user() : one.user());
      case DictCommand.Iterate one ->
          new DictCommand.Iterate(
              one.flags(), one.maxRows(), one.paths(), old ? hello.user() : one.user());
      case DictCommand.Begin one ->
          new DictCommand.Begin(
              one.id(), old ? hello.user() : one.user(), hello.major() == 4 ? one.expireSecs() : 0);
      default -> command;
    };
  }

  @Property(seed = "32", tries = 1_000)
  void replies(
      @ForAll("hellos") DictHello hello,
      @ForAll("lookups") DictReply.Lookup lookup,
      @ForAll("rows") List<DictReply.Row> rows,
      @ForAll("commits") DictReply.Committed commit,
      @ForAll @IntRange(min = 1, max = 60) int size)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream greeting = new ByteArrayOutputStream();
    new DictClientCodec(Octets.input(""), Sinks.into(greeting), hello).writeHello();
    DictServerCodec server =
        new DictServerCodec(Octets.input(Octets.string(greeting.toByteArray())), Sinks.into(out));
    server.readHello();
    server.write(lookup);
    server.write(rows);
    server.write(List.of(new DictReply.End(), commit));
    DictClientCodec client =
        new DictClientCodec(
            Octets.input(Octets.string(out.toByteArray()), size), Sinks.nowhere(), hello);
    boolean several = hello.takesSeveralValues();
    assertThat(client.readLookup())
        .isEqualTo(
            lookup instanceof DictReply.Values(List<String> values) && !several
                ? DictReply.Values.of(values.getFirst())
                : lookup);
    for (DictReply.Row row : rows) {
      assertThat(client.readRow())
          .isEqualTo(several ? row : new DictReply.Row(row.key(), row.values().subList(0, 1)));
    }
    assertThat(client.readRow()).isEqualTo(new DictReply.End());
    assertThat(client.readCommit()).isEqualTo(commit);
    assertThat(client.await()).isFalse();
  }

  @Provide
  Arbitrary<DictHello> hellos() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 4),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 1),
            texts(),
            texts())
        .as(DictHello::new);
  }

  @Provide
  Arbitrary<List<DictCommand>> commands() {
    Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(Long.MIN_VALUE + 1);
    Arbitrary<DictCommand> iterate =
        Combinators.combine(
                ids(), Arbitraries.longs().greaterOrEqual(0), texts().list().ofSize(1), texts())
            .as(DictCommand.Iterate::new);
    Arbitrary<DictCommand> timestamp =
        Combinators.combine(ids(), numbers, Arbitraries.integers().between(0, 999_999_999))
            .as(DictCommand.Timestamp::new);
    Arbitrary<DictCommand> set =
        Combinators.combine(ids(), texts(), texts()).as(DictCommand.Set::new);
    Arbitrary<DictCommand> begin =
        Combinators.combine(ids(), texts(), ids()).as(DictCommand.Begin::new);
    Arbitrary<DictCommand> increment =
        Combinators.combine(ids(), texts(), numbers).as(DictCommand.Increment::new);
    Arbitrary<DictCommand> hide =
        Combinators.combine(ids(), Arbitraries.of(true, false)).as(DictCommand.HideLogValues::new);
    Arbitrary<DictCommand> lookup =
        Combinators.combine(texts(), texts()).as(DictCommand.Lookup::new);
    Arbitrary<DictCommand> unset = Combinators.combine(ids(), texts()).as(DictCommand.Unset::new);
    Arbitrary<DictCommand> ends =
        ids()
            .flatMap(id ->
                Arbitraries.of(
                    new DictCommand.Commit(id),
                    new DictCommand.CommitAsync(id),
                    new DictCommand.Rollback(id)));
    return Arbitraries.oneOf(iterate, timestamp, set, begin, increment, hide, lookup, unset, ends)
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<DictReply.Lookup> lookups() {
    return Arbitraries.oneOf(
        texts().list().ofMinSize(1).ofMaxSize(3).map(DictReply.Values::new),
        Arbitraries.just(new DictReply.NotFound()),
        texts().map(DictReply.Failed::new));
  }

  @Provide
  Arbitrary<List<DictReply.Row>> rows() {
    return Combinators.combine(texts(), texts().list().ofMinSize(1).ofMaxSize(3))
        .as(DictReply.Row::new)
        .list()
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<DictReply.Committed> commits() {
    return Combinators.combine(
            ids(), Arbitraries.of(true, false), Arbitraries.of(DictReply.Outcome.class), texts())
        .as(DictReply.Committed::new);
  }
}
