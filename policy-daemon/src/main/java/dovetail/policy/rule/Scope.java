package dovetail.policy.rule;

import dovetail.policy.wire.Attribute;
import dovetail.server.Network;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * For which requests a rule is.
 *
 * @param contexts by the {@code policy_context} that main.cf gives; for all if none is named
 * @param login whether somebody must have logged in
 * @param clients networks of clients; all if none is named
 * @param exceptClients networks of clients for which it is not
 */
public record Scope(
    Set<String> contexts, Login login, List<Network> clients, List<Network> exceptClients) {
  /** All requests. */
  public static final Scope ALL = new Scope(Set.of(), Login.ANY, List.of(), List.of());

  /** Whether somebody has logged in. */
  public enum Login {
    ANY,
    YES,
    NO
  }

  public Scope {
    contexts = Set.copyOf(contexts);
    clients = List.copyOf(clients);
    exceptClients = List.copyOf(exceptClients);
  }

  /** Whether a request is among them; one of a client without an address is in no network. */
  public boolean covers(Facts facts) {
    return coversContext(facts) && coversLogin(facts) && coversClient(facts);
  }

  private boolean coversContext(Facts facts) {
    return contexts.isEmpty() || contexts.contains(facts.request().get(Attribute.POLICY_CONTEXT));
  }

  /** Whether it is for one of these contexts. */
  boolean coversAny(Set<String> asked) {
    return contexts.isEmpty() ? !asked.isEmpty() : !Collections.disjoint(contexts, asked);
  }

  private boolean coversLogin(Facts facts) {
    return switch (login) {
      case ANY -> true;
      case YES -> !facts.request().get(Attribute.SASL_USERNAME).isEmpty();
      case NO -> facts.request().get(Attribute.SASL_USERNAME).isEmpty();
    };
  }

  private boolean coversClient(Facts facts) {
    return (clients.isEmpty() || isIn(clients, facts)) && !isIn(exceptClients, facts);
  }

  private static boolean isIn(List<Network> networks, Facts facts) {
    return !networks.isEmpty()
        && facts.client().filter(client -> Network.anyContains(networks, client)).isPresent();
  }
}
