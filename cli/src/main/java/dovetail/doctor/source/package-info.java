/** Reads what Postfix, Dovecot and the host say of themselves, and changes their files. */
@NullMarked
package dovetail.doctor.source;

import org.jspecify.annotations.NullMarked;
