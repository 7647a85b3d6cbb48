@org.jspecify.annotations.NullMarked
package dovetail.cli;
