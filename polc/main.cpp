// The command line of polc. Each verb has a file of its own; this one only names them.
#include "polc/command_line.h"

int main(int argc, char** argv) { return polc::Main(argc, argv); }
