/**
 * What a directory means for one address: who may send in its name, and what becomes of mail for
 * it. The lookup tables answer Postfix by these rules; whoever else asks is told the same. What
 * nobody can know at the moment is never taken for something that is not there.
 */
@org.jspecify.annotations.NullMarked
package dovetail.directory.search;
