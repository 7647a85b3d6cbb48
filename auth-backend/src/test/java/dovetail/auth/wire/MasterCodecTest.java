package dovetail.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.live.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MasterCodecTest {
  private static MasterRequest read(String line) throws IOException {
    return new MasterServerCodec(Octets.input(line + "\n"), Sinks.nowhere()).read();
  }

  private static String written(MasterReply... replies) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new MasterServerCodec(Octets.input(""), Sinks.into(out)).write(List.of(replies));
    return Octets.string(out.toByteArray());
  }

  @Test
  void readsRequests() throws IOException {
    assertThat(read("VERSION\t1\t4")).isEqualTo(new MasterRequest.Version(1, 4));
    MasterRequest user = read("USER\t1\tj\303\274@example.com\tprotocol=lmtp\tdebug");
    assertThat(user)
        .isEqualTo(
            new MasterRequest.User(
                1, "jü@example.com", Fields.of("protocol", "lmtp").with("debug", "")));
    assertThat(((MasterRequest.User) user).service()).isEqualTo("lmtp");
    MasterRequest pass = read("PASS\t2\ta\1tb\tservice=doveadm");
    assertThat(pass).isEqualTo(new MasterRequest.Pass(2, "a\tb", Fields.of("service", "doveadm")));
    assertThat(((MasterRequest.Pass) pass).service()).isEqualTo("doveadm");
    assertThat(read("REQUEST\t3\t4\t5\t00ff\tsession_pid=6"))
        .isEqualTo(new MasterRequest.Request(3, 4, 5, "00ff", Fields.of("session_pid", "6")));
    assertThat(read("CACHE-FLUSH\t7\ta\tb"))
        .isEqualTo(new MasterRequest.CacheFlush(7, List.of("a", "b")));
    assertThat(read("CACHE-STATUS\t8")).isEqualTo(new MasterRequest.CacheStatus(8));
  }

  @Test
  void aListMayHaveAMask() throws IOException {
    assertThat(((MasterRequest.ListUsers) read("LIST\t1\tuser=*@example.com")).mask())
        .contains("*@example.com");
    assertThat(((MasterRequest.ListUsers) read("LIST\t1\tuser=\tservice=x")).mask()).isEmpty();
    assertThat(((MasterRequest.ListUsers) read("LIST\t1")).mask()).isEmpty();
  }

  @Test
  void writesReplies() throws IOException {
    assertThat(
            written(
                new MasterReply.Version(1, 1),
                new MasterReply.Spid(2),
                new MasterReply.User(3, "ann", Fields.of("home", "/a\tb").with("nice", "")),
                new MasterReply.Pass(4, "ann", Fields.NONE),
                new MasterReply.NotFound(5),
                new MasterReply.Fail(6, Optional.empty()),
                new MasterReply.Fail(6, Optional.of("a\nb")),
                new MasterReply.Row(7, "ann"),
                new MasterReply.Done(7, false),
                new MasterReply.Done(7, true),
                new MasterReply.Ok(8, List.of("2"))))
        .isEqualTo(
            """
            VERSION\t1\t1
            SPID\t2
            USER\t3\tann\thome=/a\1tb\tnice
            PASS\t4\tuser=ann
            NOTFOUND\t5
            FAIL\t6
            FAIL\t6\treason=a?b
            LIST\t7\tann
            DONE\t7\t
            DONE\t7\tfail
            OK\t8\t2
            """);
    assertThatThrownBy(() -> new MasterReply.Pass(1, "ann", Fields.of("user", "bob")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
