package dovetail.dns;

import dovetail.mail.Domain;

/**
 * What is asked for.
 *
 * @param <T> what a record of the type holds
 */
public record Question<T>(RecordType<T> type, Domain name) {}
