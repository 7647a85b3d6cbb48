package dovetail.lookup.map;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Town;
import dovetail.lookup.wire.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MapRegistryTest {
  private static final Optional<String> KEY = Optional.of("k");

  private final MapRegistry maps = MapRegistry.of(Town.of("row smtp_tls_policy_maps k may"));

  private static Reply ask(MapRegistry registry, String map, boolean trusted) {
    return registry.find(map, KEY, trusted).reply();
  }

  @Test
  void hasTheMapsOfPostfix() {
    assertThat(maps.names())
        .containsExactly(
            "canonical_maps",
            "check_client_access",
            "check_helo_access",
            "check_recipient_access",
            "check_sasl_access",
            "check_sender_access",
            "recipient_bcc_maps",
            "recipient_canonical_maps",
            "relay_domains",
            "relay_recipient_maps",
            "sender_bcc_maps",
            "sender_canonical_maps",
            "sender_dependent_default_transport_maps",
            "sender_dependent_relayhost_maps",
            "smtp_sasl_password_maps",
            "smtp_tls_policy_maps",
            "smtp_tls_policy_maps_tlsrpt",
            "smtpd_sender_login_maps",
            "transport_maps",
            "virtual_alias_domains",
            "virtual_alias_maps",
            "virtual_mailbox_domains",
            "virtual_mailbox_maps");
    assertThat(maps.has("relay_domains")).isTrue();
    assertThat(maps.has("relay_domain")).isFalse();
  }

  @Test
  void takesOthers() {
    MapRegistry more = maps.with("srs_forward", key -> new Reply.Ok(key + "@srs"));
    assertThat(ask(more, "srs_forward", false)).isEqualTo(new Reply.Ok("k@srs"));
    assertThat(more.find("srs_forward", KEY, false).reason()).isEqualTo(Reason.FOUND);
    assertThat(maps.has("srs_forward")).isFalse();
    assertThat(ask(more.with("srs_forward", _ -> new Reply.NotFound()), "srs_forward", false))
        .isEqualTo(new Reply.NotFound());
  }

  @Test
  void keepsSecretsFromThoseWhoAreNotTrusted() {
    MapRegistry more = maps.withSecret("secrets", _ -> new Reply.Ok("s"));
    assertThat(ask(more, "secrets", true)).isEqualTo(new Reply.Ok("s"));
    assertThat(ask(more, "secrets", false)).isInstanceOf(Reply.Perm.class);
  }

  @Test
  void keysThatAreNoneAreNotFound() {
    MapRegistry more = maps.with("any", _ -> new Reply.Ok("x"));
    Finding finding = more.find("any", Optional.empty(), false);
    assertThat(finding.reply()).isEqualTo(new Reply.NotFound());
    assertThat(finding.reason()).isEqualTo(Reason.NO_KEY);
    assertThat(more.find("none", Optional.empty(), false).reason()).isEqualTo(Reason.NO_MAP);
  }
}
