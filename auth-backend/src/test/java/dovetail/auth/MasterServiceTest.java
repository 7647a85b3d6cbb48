package dovetail.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.auth.answer.Users;
import dovetail.live.Live;
import dovetail.live.RawPeer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where mail is, asked over a socket. */
@Timeout(60)
final class MasterServiceTest {
  /** The service, listening. */
  private static final class LiveMaster extends Live<MasterService> {
    private LiveMaster() throws IOException {
      super(
          "userdb",
          "inet:127.0.0.1:0",
          100,
          around ->
              new MasterService(
                  new Users(Accounting.some(), Accounting.SETTINGS::users),
                  new UserLog(around.log(), around.metrics(), around.passed()),
                  () -> Accounting.SETTINGS,
                  around.passed()));
    }
  }

  private static String handshake() {
    return "VERSION\t1\t1\nSPID\t%d\n".formatted(ProcessHandle.current().pid());
  }

  @Test
  void answersInTheOrderOfQuestions() throws Exception {
    try (LiveMaster master = new LiveMaster();
        RawPeer dovecot = RawPeer.connect(master.address())) {
      dovecot.send(
          """
          VERSION\t1\t0
          USER\t1\tJOE@alias.example\tservice=lmtp
          USER\t2\tgone@off.example\tservice=lmtp
          LIST\t3\tuser=m*\tservice=doveadm
          PASS\t4\tmute@one.example\tservice=smtp
          """);
      String said =
          handshake()
              + "USER\t1\tjoe@one.example\thome=/var/vmail/one.example/joe\tuid=5000\tgid=5000"
              + "\tmail=maildir:~/Maildir\tquota_rule=*:bytes=10485760\n"
              + "NOTFOUND\t2\nLIST\t3\tmute@one.example\nDONE\t3\t\nNOTFOUND\t4\n";
      StringBuilder heard = new StringBuilder();
      while (heard.length() < said.length()) {
        heard.append(dovecot.heard());
      }
      assertThat(heard).hasToString(said);
      master.expectNoFault();
    }
  }

  @Test
  void closesWhoSaysNothing() throws Exception {
    try (LiveMaster master = new LiveMaster();
        RawPeer _ = RawPeer.connect(master.address())) {
      Live.await(() -> master.connections() == 1);
      master.pass(Duration.ofSeconds(31));
      Live.await(() -> master.connections() == 0);
      assertThat(
              master.metric("dovetail_connections_total{outcome=\"deadline\",service=\"userdb\"}"))
          .isEqualTo(1);
    }
  }
}
