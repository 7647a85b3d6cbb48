package dovetail.auth.answer;

import dovetail.directory.StoredHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What somebody needs who compares passwords himself.
 *
 * @param user whose it is
 * @param password as it is stored
 * @param networks where logins may come from, in CIDR form; anywhere if there are none
 */
public record PassdbEntry(User user, StoredHash password, List<String> networks) {
  public PassdbEntry {
    networks = List.copyOf(networks);
  }

  /** The passdb fields of Dovecot 2.3, those of its userdb included; the password is in them. */
  public SequencedMap<String, String> fields() {
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    fields.put("user", user.address().toString());
    fields.put("password", password.text());
    if (!networks.isEmpty()) {
      fields.put("allow_nets", String.join(",", networks));
    }
    user.fields(DovecotSeries.V2_3)
        .forEach((name, value) -> fields.put("userdb_".concat(name), value));
    return fields;
  }
}
