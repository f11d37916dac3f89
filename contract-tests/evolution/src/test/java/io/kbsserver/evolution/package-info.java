/** What a change of the contract means for those who use it, and what it asks for. */
package io.kbsserver.evolution;
