/** What an operator sees: log lines, metrics, health, and readiness towards systemd. */
@org.jspecify.annotations.NullMarked
package dovetail.observe;
