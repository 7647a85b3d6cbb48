package dovetail.directory.edit;

import java.time.Instant;

/**
 * A change that was made.
 *
 * @param made when
 * @param actor by whom
 * @param action add, set, remove and the like
 * @param kind what was changed
 * @param object its name
 * @param detail the fields that were named, without secrets
 */
public record AuditEntry(
    Instant made, String actor, String action, String kind, String object, String detail) {}
