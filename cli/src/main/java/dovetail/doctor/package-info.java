/**
 * Finds what is wrong between Dovetail, Postfix and Dovecot. The checks are functions of facts that
 * {@code dovetail.doctor.source} has read; they touch neither files nor sockets.
 */
@NullMarked
package dovetail.doctor;

import org.jspecify.annotations.NullMarked;
