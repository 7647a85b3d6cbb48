package dovetail.observe;

import java.util.SequencedMap;

/**
 * What happened to one message or request.
 *
 * @param service the service that dealt with it, for example "milter"
 * @param id the queue id, or "-" when there is none
 * @param action what was done, one word
 * @param fields more facts, in the order in which they are written
 */
public record TransactionLine(
    String service, String id, String action, SequencedMap<String, String> fields) {}
