package dovetail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What doveconf prints. */
final class DovecotBlockTest {
  private static final String TEXT =
      """
      # 2.3.19.1 (9b53102964): /etc/dovecot/dovecot.conf
      protocols = " imap lmtp"
      service auth {
        unix_listener /var/spool/postfix/private/auth {
          mode = 0660
        }
      }
      quota "User quota" {
      }
      last_login {
        dict proxy {
          dict_proxy_socket_path = /run/dovetail/dict
        }
      }
      }
      ssl = required
      """;

  @Test
  void readsBlocksInBlocks() {
    DovecotBlock root = DovecotBlock.parse(TEXT);
    assertThat(root.setting("protocols")).isEqualTo("imap lmtp");
    assertThat(root.setting("ssl")).isEqualTo("required");
    assertThat(root.setting("none")).isEmpty();
    assertThat(root.of("service", "auth").orElseThrow().of("unix_listener").getFirst().name())
        .isEqualTo("/var/spool/postfix/private/auth");
    assertThat(root.of("quota").getFirst().name()).isEqualTo("User quota");
    assertThat(root.all().map(block -> block.setting("dict_proxy_socket_path")))
        .contains("/run/dovetail/dict");
  }
}
