/** Where keys come from; nothing else in the milter knows. */
@org.jspecify.annotations.NullMarked
package dovetail.milter.source;
