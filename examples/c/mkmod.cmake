# CMake's toolchain file for modules: cmake --toolchain mkmod.cmake -DMKMOD_KERNEL=…/kernel.syms
#
# A target `add_executable(words words.c)` becomes words.mo, beside the program with symbols.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES MKMOD_KERNEL)
# The compiler is tried on a library: a program without `main` would be another kind of module.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_C_COMPILER mkmod cc --kernel ${MKMOD_KERNEL})
set(CMAKE_CXX_COMPILER mkmod c++ --kernel ${MKMOD_KERNEL})
