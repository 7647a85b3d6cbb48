/** SMTP access policy delegation as Postfix speaks it (SMTPD_POLICY_README). */
@org.jspecify.annotations.NullMarked
package dovetail.policy.wire;
