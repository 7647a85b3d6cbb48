/** What a database of PostfixAdmin means in ours. */
@org.jspecify.annotations.NullMarked
package dovetail.store.postfixadmin;
