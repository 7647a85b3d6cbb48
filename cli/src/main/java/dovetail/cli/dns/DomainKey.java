package dovetail.cli.dns;

import dovetail.dkim.SigningKey;
import java.util.Optional;

/**
 * A key whose record belongs into the DNS.
 *
 * @param key the key
 * @param remark why it does although it does not sign; nothing if it does sign
 */
public record DomainKey(SigningKey key, Optional<String> remark) {}
