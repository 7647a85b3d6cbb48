/** The rules of the house, checked over all modules. */
@org.jspecify.annotations.NullMarked
package dovetail.house;
