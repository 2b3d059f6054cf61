# SPDX-License-Identifier: Apache-2.0
"""As much of RT-Thread's `tools/building.py` as its SConscripts call, for the kernel's sources without their tools.

Written for the tests after what RT-Thread documents of it; the names are RT-Thread's.
"""

import os

import SCons.cpp
from SCons.Script import *

import rtconfig

Env = None
Rtt_Root = ''
BuildOptions = {}


AddOption('--target', dest='target', type='string')


def PrepareBuilding(env, root_directory, has_libcpu=False, remove_components=[]):
    """Reads rtconfig.h, and the SConscripts of the BSP and of the kernel."""
    global Env, Rtt_Root
    Env = env
    Rtt_Root = os.path.abspath(root_directory)
    RTT_ROOT = Rtt_Root
    Export('RTT_ROOT')
    env.PrependENVPath('PATH', rtconfig.EXEC_PATH or os.environ['PATH'])
    env.Append(CPPPATH=[Dir('#').abspath])
    preprocessor = SCons.cpp.PreProcessor()
    with open('rtconfig.h') as header:
        preprocessor.process_contents(header.read())
    BuildOptions.update(preprocessor.cpp_namespace)

    objects = SConscript('SConscript', variant_dir='build', duplicate=0)
    for folder in ['src', 'libcpu', 'components']:
        objects += SConscript(
            Rtt_Root + '/' + folder + '/SConscript', variant_dir='build/kernel/' + folder, duplicate=0,
            exports='remove_components')
    return objects


def DoBuilding(target, objects):
    """Links the firmware, and has the BSP's own steps follow."""
    program = Env.Program(target, objects)
    Env.AddPostAction(target, rtconfig.POST_ACTION)
    if GetOption('target'):
        export(program[0])


def export(node):
    """Names all that a node is made of, which is what each of RT-Thread's project generators begins with."""
    print(node.rfile().abspath)
    for child in node.all_children():
        export(child)


def GetDepend(depend):
    """Whether rtconfig.h defines a symbol, or each of a list; of one, its value if it has any."""
    def value(name):
        return BuildOptions.get(name, 0)
    if isinstance(depend, str):
        return True if value(depend) == '' else value(depend) != 0 and value(depend)
    return all(value(name) != 0 for name in depend if name != '')


def GetConfigValue(name):
    return BuildOptions.get(name, '')


def AddDepend(option):
    BuildOptions[option] = 1


def DefineGroup(name, src, depend, **parameters):
    """Adds flags to those of the whole firmware, and returns what is to be compiled."""
    if not GetDepend(depend):
        return []
    for variable in ['CCFLAGS', 'CPPPATH', 'CPPDEFINES', 'LINKFLAGS', 'LIBS', 'LIBPATH']:
        if parameters.get(variable):
            Env.AppendUnique(**{variable: parameters[variable]})
    return File(src)


def GetCurrentDir():
    return os.path.dirname(File('SConscript').rfile().abspath)


def SrcRemove(src, remove):
    for node in list(src):
        if os.path.basename(str(node)) in remove:
            src.remove(node)
