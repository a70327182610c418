/** Which of many runs may begin, when not all of them may be under way at once. */
package io.snapstash.domain.turn;
