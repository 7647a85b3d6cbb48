package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.live.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What one side writes is what the other reads, however it arrives. */
class WireProperties {
  @Property(seed = "21", tries = 1_000)
  void clientLines(
      @ForAll("clientLines") List<ClientLine> lines, @ForAll @IntRange(min = 1, max = 60) int size)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AuthClientCodec client =
        new AuthClientCodec(Octets.input(""), Sinks.into(out), AuthClientCodec.UnknownLines.REFUSE);
    client.write(new ClientLine.Version(1, 2));
    client.write(lines);
    AuthServerCodec server =
        new AuthServerCodec(Octets.input(Octets.string(out.toByteArray()), size), Sinks.nowhere());
    assertThat(server.read()).isEqualTo(new ClientLine.Version(1, 2));
    for (ClientLine line : lines) {
      assertThat(server.await()).isTrue();
      assertThat(server.read()).isEqualTo(line);
    }
    assertThat(server.await()).isFalse();
  }

  @Property(seed = "22", tries = 1_000)
  void serverLines(
      @ForAll("handshakes") List<ServerLine> handshake,
      @ForAll("answers") List<ServerLine> answers,
      @ForAll @IntRange(min = 1, max = 60) int size)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AuthServerCodec server = new AuthServerCodec(Octets.input(""), Sinks.into(out));
    server.write(handshake);
    server.write(new ServerLine.Done());
    server.write(answers);
    AuthClientCodec client =
        new AuthClientCodec(
            Octets.input(Octets.string(out.toByteArray()), size),
            Sinks.nowhere(),
            AuthClientCodec.UnknownLines.REFUSE);
    for (ServerLine line : handshake) {
      assertThat(client.read()).isEqualTo(line);
    }
    assertThat(client.read()).isEqualTo(new ServerLine.Done());
    for (ServerLine line : answers) {
      assertThat(client.read()).isEqualTo(line);
    }
    assertThat(client.await()).isFalse();
  }

  @Property(seed = "23", tries = 1_000)
  void masterRequests(
      @ForAll("requests") List<MasterRequest> requests,
      @ForAll @IntRange(min = 1, max = 60) int size)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new MasterClientCodec(Octets.input(""), Sinks.into(out)).write(requests);
    MasterServerCodec server =
        new MasterServerCodec(
            Octets.input(Octets.string(out.toByteArray()), size), Sinks.nowhere());
    for (MasterRequest request : requests) {
      assertThat(server.read()).isEqualTo(request);
    }
    assertThat(server.await()).isFalse();
  }

  @Property(seed = "24", tries = 1_000)
  void masterReplies(
      @ForAll("replies") List<MasterReply> replies, @ForAll @IntRange(min = 1, max = 60) int size)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new MasterServerCodec(Octets.input(""), Sinks.into(out)).write(replies);
    MasterClientCodec client =
        new MasterClientCodec(
            Octets.input(Octets.string(out.toByteArray()), size), Sinks.nowhere());
    for (MasterReply reply : replies) {
      assertThat(client.read()).isEqualTo(reply);
    }
    assertThat(client.await()).isFalse();
  }

  /** Names of 10 kB, too. */
  @Property(seed = "25", tries = 200)
  void longNames(@ForAll("longNames") String name) throws IOException {
    MasterRequest request = new MasterRequest.User(1, name, Fields.of("service", "lmtp"));
    masterRequests(List.of(request), 1_000);
    masterReplies(List.of(new MasterReply.Row(2, name)), 1_000);
  }

  @Provide
  Arbitrary<String> longNames() {
    return texts().filter(text -> !text.isEmpty()).map(text -> text.repeat(5_000 / text.length()));
  }

  @Provide
  Arbitrary<List<ClientLine>> clientLines() {
    Arbitrary<ClientLine> auth =
        Combinators.combine(ids(), texts(), fields(), payloads().optional())
            .as((id, mechanism, fields, response) ->
                new ClientLine.Auth(id, mechanism, fields.with("service", "imap"), response));
    Arbitrary<ClientLine> cont = Combinators.combine(ids(), payloads()).as(ClientLine.Cont::new);
    return Arbitraries.oneOf(
            auth, cont, ids().map(ClientLine.Cancel::new), ids().map(ClientLine.Cpid::new))
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<ServerLine>> handshakes() {
    Arbitrary<ServerLine> mechanism =
        Combinators.combine(texts(), Arbitraries.of(MechanismFlag.class).set())
            .as((name, flags) -> new ServerLine.Mech(name, Set.copyOf(flags)));
    return Arbitraries.oneOf(
            mechanism,
            ids().map(ServerLine.Spid::new),
            ids().map(ServerLine.Cuid::new),
            texts().map(ServerLine.Cookie::new),
            Arbitraries.integers().greaterOrEqual(0).map(minor -> new ServerLine.Version(1, minor)))
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<ServerLine>> answers() {
    Arbitrary<ServerLine> ok =
        Combinators.combine(ids(), names(), fields(), payloads().optional()).as(ServerLine.Ok::new);
    Arbitrary<ServerLine> fail =
        Combinators.combine(
                ids(),
                names().optional(),
                Arbitraries.of(FailCode.class).optional(),
                texts().optional(),
                fields())
            .as(ServerLine.Fail::new);
    Arbitrary<ServerLine> cont = Combinators.combine(ids(), payloads()).as(ServerLine.Cont::new);
    return Arbitraries.oneOf(ok, fail, cont, ids().map(ServerLine.Cancelled::new))
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<MasterRequest>> requests() {
    Arbitrary<Fields> fields = fields().map(some -> some.with("protocol", "lmtp"));
    Arbitrary<MasterRequest> user =
        Combinators.combine(ids(), texts(), fields).as(MasterRequest.User::new);
    Arbitrary<MasterRequest> pass =
        Combinators.combine(ids(), texts(), fields).as(MasterRequest.Pass::new);
    Arbitrary<MasterRequest> list =
        Combinators.combine(ids(), fields()).as(MasterRequest.ListUsers::new);
    Arbitrary<MasterRequest> request =
        Combinators.combine(ids(), ids(), ids(), texts(), fields()).as(MasterRequest.Request::new);
    Arbitrary<MasterRequest> flush =
        Combinators.combine(ids(), texts().list().ofMaxSize(3)).as(MasterRequest.CacheFlush::new);
    return Arbitraries.oneOf(
            user, pass, list, request, flush, ids().map(MasterRequest.CacheStatus::new))
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<MasterReply>> replies() {
    Arbitrary<MasterReply> user =
        Combinators.combine(ids(), texts(), fields()).as(MasterReply.User::new);
    Arbitrary<MasterReply> pass =
        Combinators.combine(ids(), texts().filter(text -> !text.isEmpty()), fields())
            .as(MasterReply.Pass::new);
    Arbitrary<MasterReply> fail =
        Combinators.combine(ids(), texts().optional()).as(MasterReply.Fail::new);
    Arbitrary<MasterReply> row = Combinators.combine(ids(), texts()).as(MasterReply.Row::new);
    Arbitrary<MasterReply> done =
        Combinators.combine(ids(), Arbitraries.of(true, false)).as(MasterReply.Done::new);
    Arbitrary<MasterReply> ok =
        Combinators.combine(ids(), texts().list().ofMaxSize(3)).as(MasterReply.Ok::new);
    return Arbitraries.oneOf(user, pass, fail, row, done, ok, ids().map(MasterReply.NotFound::new))
        .list()
        .ofMaxSize(4);
  }

  static Arbitrary<Long> ids() {
    return Arbitraries.longs().between(0, TabFields.MOST_NUMBER);
  }

  /** Whatever a field may hold. */
  static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\0', '~')
        .withChars("\0\1\t\n\r\1=\u00fc\u65e5\u2028")
        .ofMaxLength(20);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars("\u00fc\u65e5")
        .ofMinLength(1)
        .ofMaxLength(20);
  }

  private static Arbitrary<Fields> fields() {
    Set<String> taken = Set.of("user", "resp", "reason", "code");
    return Arbitraries.maps(
            texts()
                .map(text -> text.replace("=", ""))
                .filter(name -> !name.isEmpty() && !taken.contains(name)),
            texts())
        .ofMaxSize(4)
        .map(map -> new Fields(new LinkedHashMap<>(map)));
  }

  private static Arbitrary<Payload> payloads() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(Payload::of),
        Arbitraries.just(new Payload.BadBase64()));
  }
}
