package dovetail.tag;

/**
 * One tag of a list.
 *
 * @param name as it is written; case counts (RFC 6376 3.2)
 * @param value without the white space around it, folds and other white space within it kept
 * @param start where the text behind the equals sign begins, white space included
 * @param end where that text ends: at the semicolon or at the end of the list
 */
public record Tag(String name, String value, int start, int end) {}
