#ifndef MXSWEEP_BASE_BITS_H
#define MXSWEEP_BASE_BITS_H

/* How many bits of a set are set. */
static inline unsigned
bits_count(unsigned bits)
{
	unsigned count = 0;

	for (; bits != 0; bits &= bits - 1)
		count++;
	return count;
}

#endif
