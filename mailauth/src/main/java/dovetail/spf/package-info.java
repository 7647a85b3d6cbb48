/** SPF: which hosts a domain sends its mail from (RFC 7208). */
@NullMarked
package dovetail.spf;

import org.jspecify.annotations.NullMarked;
