/** What all fuzz targets share; other modules see it as a test library. */
@org.jspecify.annotations.NullMarked
package dovetail.fuzz;
