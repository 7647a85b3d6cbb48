package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.server.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {
  private static List<Network> networks(String... texts) {
    return Arrays.stream(texts).map(Network::parse).toList();
  }

  private static boolean covers(Scope scope, String attributes) {
    return scope.covers(Asked.facts(attributes));
  }

  @Test
  void allAreAll() {
    assertThat(covers(Scope.ALL, "request=x")).isTrue();
    assertThat(covers(Scope.ALL, "client_address=x sasl_username=a policy_context=b")).isTrue();
  }

  @Test
  void contextsAreAsMainCfNamesThem() {
    Scope scope = new Scope(Set.of("mx", ""), Scope.Login.ANY, List.of(), List.of());
    assertThat(covers(scope, "policy_context=mx")).isTrue();
    assertThat(covers(scope, "policy_context=")).isTrue();
    assertThat(covers(scope, "request=x")).isTrue();
    assertThat(covers(scope, "policy_context=MX")).isFalse();
    assertThat(covers(scope, "policy_context=mx2")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ANY, sasl_username=ann, true",
    "ANY, sasl_username=, true",
    "YES, sasl_username=ann, true",
    "YES, sasl_username=, false",
    "YES, sasl_method=plain, false",
    "YES, sasl_sender=ann, false",
    "NO, sasl_username=ann, false",
    "NO, sasl_username=, true",
    "NO, sasl_method=plain, true",
  })
  void whoHasLoggedIn(Scope.Login login, String attributes, boolean covered) {
    Scope scope = new Scope(Set.of(), login, List.of(), List.of());
    assertThat(covers(scope, attributes)).isEqualTo(covered);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, true",
    "192.0.2.9, false",
    "::ffff:192.0.2.1, true",
    "::ffff:192.0.2.9, false",
    "198.51.100.1, false",
    "2001:db8::1, true",
    "2001:db8:0:1::1, false",
    "unknown, false",
    "'', false",
    "nonsense, false",
  })
  void clientsByTheirNetworks(String client, boolean covered) {
    Scope scope =
        new Scope(
            Set.of(),
            Scope.Login.ANY,
            networks("192.0.2.0/24", "2001:db8::/32"),
            networks("192.0.2.9", "2001:db8:0:1::/64"));
    assertThat(covers(scope, "client_address=" + client)).isEqualTo(covered);
  }

  @Test
  void exceptionsAloneLeaveTheOthersIn() {
    Scope scope = new Scope(Set.of(), Scope.Login.ANY, List.of(), networks("192.0.2.0/24"));
    assertThat(covers(scope, "client_address=192.0.2.1")).isFalse();
    assertThat(covers(scope, "client_address=198.51.100.1")).isTrue();
    assertThat(covers(scope, "client_address=unknown")).isTrue();
    assertThat(covers(scope, "request=x")).isTrue();
  }
}
