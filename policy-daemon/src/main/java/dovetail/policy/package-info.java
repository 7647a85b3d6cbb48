/** The policy daemon: SMTP access policy delegation. */
@org.jspecify.annotations.NullMarked
package dovetail.policy;
