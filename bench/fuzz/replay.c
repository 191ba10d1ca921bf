/* In place of libFuzzer: gives a target each file that is named, or lies in a folder named. */
#include "fuzz.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

enum { DESCRIPTORS = 8 }; /* that walking a folder may hold open */

static int
replay(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	size_t size = (size_t)status->st_size;
	FILE *file;
	uint8_t *bytes;
	bool whole;

	(void)place;
	if (kind != FTW_F)
		return 0;
	printf("%s\n", path); /* the last one named is the one that fails */
	fflush(stdout);
	file = fopen(path, "rb");
	bytes = malloc(size); /* not one octet more: reading beyond is seen */
	whole = file != NULL && fread(bytes, 1, size, file) == size;
	if (file != NULL)
		fclose(file);
	if (whole)
		LLVMFuzzerTestOneInput(bytes, size);
	free(bytes);
	return whole ? 0 : -1;
}

int
main(int argc, char *argv[])
{
	for (int i = 1; i < argc; i++) {
		if (nftw(argv[i], replay, DESCRIPTORS, 0) != 0) {
			fprintf(stderr, "%s: cannot be read\n", argv[i]);
			return 1;
		}
	}
	return argc > 1 ? 0 : 1;
}
