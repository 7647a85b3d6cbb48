package dovetail.lookup.map;

import dovetail.directory.Directory;

/**
 * {@code smtpd_sender_login_maps}: the logins that may send in a sender's name. Nobody is an
 * answer, too, by which Postfix refuses all that are logged in.
 */
record SenderLoginMap(Directory directory) {
  Finding find(String key) {
    return AddressKey.parse(key)
        .map(sender -> new OwnerSearch(directory).find(sender))
        .orElseGet(() -> Finding.nothing(Reason.NO_ADDRESS));
  }
}
