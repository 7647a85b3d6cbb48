/**
 * What mail needs of the DNS: one question, one answer that is one of four kinds, a cache, and the
 * questions of one message under one budget of time. Nothing here knows how a question travels.
 */
@org.jspecify.annotations.NullMarked
package dovetail.dns;
