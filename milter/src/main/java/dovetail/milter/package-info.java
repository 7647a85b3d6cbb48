@org.jspecify.annotations.NullMarked
package dovetail.milter;
