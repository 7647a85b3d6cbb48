package dovetail.milter.filter;

import dovetail.dkim.SignatureSettings;
import dovetail.server.Network;
import java.util.List;
import java.util.Set;

/**
 * How the milter signs.
 *
 * @param trusted the networks whose mail is signed
 * @param authservIds our names in Authentication-Results fields
 * @param policy who may have what signed
 * @param signatures the form of the signatures
 * @param identity what goes into their {@code i=} tags
 * @param acceptOnError whether a message on which we fail is taken unsigned instead of put off
 */
public record SigningSettings(
    List<Network> trusted,
    Set<String> authservIds,
    SigningPolicy policy,
    SignatureSettings signatures,
    IdentityTag identity,
    boolean acceptOnError) {
  public SigningSettings {
    trusted = List.copyOf(trusted);
    authservIds = Set.copyOf(authservIds);
  }
}
