@org.jspecify.annotations.NullMarked
package dovetail.dkim;
