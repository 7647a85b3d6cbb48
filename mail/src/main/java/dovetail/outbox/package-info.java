/**
 * Mail that Dovetail sends itself, such as reports: what it is, its octets, and its way by SMTP to
 * one relay. The only place that knows Jakarta Mail, and of that only the SMTP client: how it
 * writes messages is changed by a dozen system properties, and no two messages are alike.
 */
@org.jspecify.annotations.NullMarked
package dovetail.outbox;
