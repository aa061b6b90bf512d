using System.Runtime.InteropServices;

namespace StoryLsp.Benchmarks;

/// <summary>Processor time of programs that this one started and that have ended. A process that is gone can no longer be asked for its own.</summary>
internal static partial class ChildProcesses
{
    private const int OfChildren = -1;

    /// <summary>Seconds of processor time of all that have ended so far; 0 where the system does not tell.</summary>
    public static double Work
    {
        get
        {
            // On Linux user and system time come first, each as seconds and microseconds, of 18 numbers of 64 bits.
            Span<long> usage = stackalloc long[18];
            return OperatingSystem.IsLinux() && Usage(OfChildren, ref usage[0]) == 0 ? usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6) : 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int Usage(int who, ref long usage);
}
