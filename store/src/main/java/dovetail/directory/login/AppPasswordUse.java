package dovetail.directory.login;

import dovetail.mail.Address;
import java.time.Instant;

/**
 * When an app password has let its owner in.
 *
 * @param account its own address, canonical
 * @param label of the password
 */
public record AppPasswordUse(Address account, String label, Instant time) {}
