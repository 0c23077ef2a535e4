/** Classes that break the rules of the house, one each, to show that each rule catches what it forbids. */
package dev.skelly.planted;
