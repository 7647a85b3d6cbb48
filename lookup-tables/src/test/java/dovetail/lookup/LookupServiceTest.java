package dovetail.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.directory.MapDirectory;
import dovetail.directory.Town;
import dovetail.live.RawPeer;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.wire.Reply;
import dovetail.lookup.wire.SocketmapClient;
import dovetail.server.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookupServiceTest {
  private static final String TOWN =
      """
      domain example.com mailbox
      mailbox ann@example.com
      alias a@example.com b@example.com
      alias b@example.com a@example.com
      relayhost * [one.example] user s3cret
      """;

  private static final Reply ANN = new Reply.Ok("ann@example.com");

  private final MapDirectory town = Town.of(TOWN);
  private final MapRegistry maps = MapRegistry.of(town);

  private static void assertWorks(LiveLookup lookup) throws IOException {
    try (SocketmapClient client = lookup.client()) {
      assertThat(client.ask("virtual_alias_maps", "ann@example.com")).isEqualTo(ANN);
    }
  }

  @Test
  void answersManyRequestsOfManyConnections() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps)) {
      AtomicInteger answered = new AtomicInteger();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(
            Thread.ofVirtual()
                .start(() -> {
                  try (SocketmapClient client = lookup.client()) {
                    for (int j = 0; j < 100; j++) {
                      if (client.ask("virtual_alias_maps", "ann@example.com").equals(ANN)) {
                        answered.incrementAndGet();
                      }
                    }
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                }));
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(answered).hasValue(2_000);
      assertThat(
              lookup.metric(
                  "dovetail_lookup_requests_total{answer=\"ok\",map=\"virtual_alias_maps\"}"))
          .isEqualTo(2_000);
      assertThat(lookup.metric("dovetail_lookup_delay_seconds_count")).isEqualTo(2_000);
      lookup.expectNoFault();
      assertThat(lookup.complaints()).isEmpty();
      assertThat(lookup.lines()).isEmpty();
    }
  }

  @Test
  void countsByMapAndAnswer() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps);
        SocketmapClient client = lookup.client()) {
      client.ask("relay_domains", "example.com");
      client.ask("virtual_alias_maps", "a@example.com");
      client.ask("no_map", "x");
      client.ask("other", "x");
      town.unavailable(Optional.of("planted"));
      client.ask("relay_domains", "example.com");
      String of = "dovetail_lookup_requests_total{answer=\"%s\",map=\"%s\"}";
      assertThat(lookup.metric(of.formatted("notfound", "relay_domains"))).isEqualTo(1);
      assertThat(lookup.metric(of.formatted("temp", "relay_domains"))).isEqualTo(1);
      assertThat(lookup.metric(of.formatted("perm", "virtual_alias_maps"))).isEqualTo(1);
      assertThat(lookup.metric(of.formatted("perm", "(unknown)"))).isEqualTo(2);
    }
  }

  @Test
  void warnsOfDeferredLookupsOnceASecond() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps);
        SocketmapClient client = lookup.client()) {
      town.unavailable(Optional.of("planted"));
      for (int i = 0; i < 5; i++) {
        client.ask("relay_domains", "d%d.example".formatted(i));
      }
      assertThat(lookup.complaints())
          .containsExactly(
              "one lookup answered TEMP, the last of relay_domains d0.example: unavailable: planted");
      lookup.pass(Duration.ofSeconds(1));
      client.ask("relay_domains", "x.example");
      assertThat(lookup.complaints())
          .hasSize(2)
          .last()
          .isEqualTo(
              "5 lookups answered TEMP, the last of relay_domains x.example: unavailable: planted");
      lookup.expectNoFault();
    }
  }

  @Test
  void warnsOfWhatMustBeMendedOnceAMinute() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps);
        SocketmapClient client = lookup.client()) {
      for (int i = 0; i < 3; i++) {
        client.ask("virtual_alias_maps", "a@example.com");
        client.ask("virtual_alias_map", "a@example.com");
      }
      assertThat(lookup.complaints())
          .containsExactly(
              "virtual_alias_maps a@example.com: the aliases behind a@example.com lead back to it",
              "virtual_alias_map a@example.com: there is no map virtual_alias_map");
      lookup.pass(Duration.ofSeconds(59));
      client.ask("virtual_alias_maps", "a@example.com");
      assertThat(lookup.complaints()).hasSize(2);
      lookup.pass(Duration.ofSeconds(1));
      client.ask("virtual_alias_maps", "a@example.com");
      assertThat(lookup.complaints()).hasSize(3);
    }
  }

  /** One line for each lookup, only for who looks for something, and no value in it. */
  @Test
  void writesALineForEachLookupOnlyAtDebug() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps);
        SocketmapClient client = lookup.client()) {
      client.ask("virtual_alias_maps", "ann@example.com");
      lookup.debug();
      client.ask("virtual_alias_maps", "Ann@example.com");
      client.ask("virtual_alias_maps", "x y\n@example.com");
      client.ask("smtp_sasl_password_maps", "one.example");
      client.ask("sender_dependent_relayhost_maps", "a@b");
      LiveLookup.await(() -> lookup.lines().size() >= 4);
      assertThat(lookup.lines())
          .containsExactly(
              "lookup: -: found map=virtual_alias_maps key=Ann@example.com reason=mailbox delay_us=0",
              "lookup: -: not-found map=virtual_alias_maps key=\"x y\\n@example.com\" reason=no-address"
                  + " delay_us=0",
              "lookup: -: refused map=smtp_sasl_password_maps key=one.example reason=secret"
                  + " detail=\"smtp_sasl_password_maps is answered on unix sockets only\" delay_us=0",
              "lookup: -: found map=sender_dependent_relayhost_maps key=a@b reason=relay-host"
                  + " delay_us=0");
    }
  }

  @Test
  void aFaultOfOursDefersThatLookupAlone() throws Exception {
    MapRegistry more =
        maps.with(
            "planted",
            key -> {
              throw new IllegalStateException("planted " + key);
            });
    try (LiveLookup lookup = LiveLookup.open(more);
        SocketmapClient client = lookup.client()) {
      assertThat(client.ask("planted", "x")).isEqualTo(new Reply.Temp("internal error"));
      assertThat(client.ask("planted", "y")).isEqualTo(new Reply.Temp("internal error"));
      assertThat(client.ask("virtual_alias_maps", "ann@example.com")).isEqualTo(ANN);
      assertThat(lookup.complaints())
          .contains("planted x: failed on this lookup")
          .doesNotContain("planted y: failed on this lookup");
      lookup.expectNoFault();
    }
  }

  @Test
  void reloadsFromTheNextRequestOn() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps);
        SocketmapClient client = lookup.client()) {
      assertThat(client.ask("virtual_mailbox_domains", "example.org"))
          .isEqualTo(new Reply.NotFound());
      lookup.reload(MapRegistry.of(Town.of("domain example.org mailbox")));
      assertThat(client.ask("virtual_mailbox_domains", "example.org"))
          .isEqualTo(new Reply.Ok("example.org"));
    }
  }

  @Test
  void waitsLongerThanPostfixKeepsAConnection() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps);
        SocketmapClient client = lookup.client()) {
      client.ask("virtual_alias_maps", "ann@example.com");
      lookup.pass(Duration.ofSeconds(101));
      assertThat(client.ask("virtual_alias_maps", "ann@example.com")).isEqualTo(ANN);
      lookup.pass(Duration.ofSeconds(109));
      assertThat(client.ask("virtual_alias_maps", "ann@example.com")).isEqualTo(ANN);
      LiveLookup.await(() -> lookup.looks() >= 13); // once at first, four times for each request
      lookup.pass(Duration.ofSeconds(111));
      LiveLookup.await(() -> lookup.connections() == 0);
      assertThatThrownBy(() -> client.ask("virtual_alias_maps", "ann@example.com"))
          .isInstanceOf(IOException.class);
      assertThat(
              lookup.metric("dovetail_connections_total{outcome=\"deadline\",service=\"lookup\"}"))
          .isEqualTo(1);
      assertWorks(lookup);
    }
  }

  @Test
  void closesWhoIsSlowInsideARequest() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps);
        RawPeer peer = RawPeer.connect(lookup.address())) {
      peer.send("34:virtual_alias_maps ann@");
      LiveLookup.await(() -> lookup.looks() >= 2); // when it came, and when it began to speak
      lookup.pass(Duration.ofSeconds(31));
      assertThat(peer.isHungUp()).isTrue();
      LiveLookup.await(() -> lookup.connections() == 0);
      assertWorks(lookup);
    }
  }

  @Test
  void makesRoomForNewConnections() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps, 2)) {
      List<SocketmapClient> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        SocketmapClient client = lookup.client();
        clients.add(client);
        assertThat(client.ask("virtual_alias_maps", "ann@example.com")).isEqualTo(ANN);
      }
      assertThat(lookup.connections()).isLessThanOrEqualTo(2);
      for (SocketmapClient client : clients) {
        client.close();
      }
      lookup.expectNoFault();
    }
  }

  @Test
  void finishesALookupBeforeItStops() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    MapRegistry slow =
        maps.with(
            "slow",
            key -> {
              asked.countDown();
              try {
                answer.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new Reply.Ok(key);
            });
    try (LiveLookup lookup = LiveLookup.open(slow);
        SocketmapClient client = lookup.client();
        SocketmapClient idle = lookup.client()) {
      idle.ask("virtual_alias_maps", "ann@example.com");
      List<Reply> replies = new ArrayList<>();
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  replies.add(client.ask("slow", "k"));
                } catch (IOException e) {
                  replies.add(new Reply.Temp(String.valueOf(e.getMessage())));
                }
              });
      asked.await();
      AtomicInteger cut = new AtomicInteger(-1);
      Thread stopping =
          Thread.ofPlatform().start(() -> cut.set(lookup.shutdown(Duration.ofSeconds(20))));
      LiveLookup.await(() -> lookup.connections() == 1); // the idle one is gone
      answer.countDown();
      stopping.join();
      asking.join();
      assertThat(replies).containsExactly(new Reply.Ok("k"));
      assertThat(cut).hasValue(0);
    }
  }

  @Test
  void pingSaysWhetherItAnswers() throws Exception {
    try (LiveLookup lookup = LiveLookup.open(maps)) {
      assertThat(LookupPing.run(lookup.address(), Duration.ofSeconds(10), () -> 0))
          .isEqualTo(new Probe.Good(Duration.ZERO, "answers"));
      town.unavailable(Optional.of("planted"));
      assertThat(LookupPing.run(lookup.address(), Duration.ofSeconds(10), () -> 0))
          .isEqualTo(new Probe.Bad("answers TEMP the directory is not available"));
      lookup.reload(MapRegistry.of(Town.of("domain ping.dovetail.invalid mailbox")));
      assertThat(LookupPing.run(lookup.address(), Duration.ofSeconds(10), () -> 0))
          .isEqualTo(new Probe.Bad("finds ping.dovetail.invalid, which nobody has"));
      lookup.shutdown(Duration.ZERO);
      assertThat(LookupPing.run(lookup.address(), Duration.ofSeconds(10), () -> 0))
          .isInstanceOf(Probe.Bad.class);
    }
  }

  @Test
  void pingHasPatienceOnly() throws Exception {
    try (RawPeer.Listener silent = RawPeer.listen()) {
      assertThat(LookupPing.run(silent.address(), Duration.ofSeconds(1), () -> 0))
          .isEqualTo(new Probe.Bad("no answer within 1 s"));
    }
  }
}
