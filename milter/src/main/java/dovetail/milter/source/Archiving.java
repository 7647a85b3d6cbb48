package dovetail.milter.source;

/**
 * What copies for archives are made with.
 *
 * @param archives who has one
 * @param key what proves that a message was copied before
 */
public record Archiving(Archives archives, ArchiveKey key) {}
