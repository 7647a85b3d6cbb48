/** What is generated for people: manual pages, out of the same tables that the code reads. */
@org.jspecify.annotations.NullMarked
package dovetail.manual;
