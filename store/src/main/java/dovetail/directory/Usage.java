package dovetail.directory;

/**
 * How much a mailbox holds.
 *
 * @param bytes of all messages
 * @param messages how many there are
 */
public record Usage(long bytes, long messages) {}
