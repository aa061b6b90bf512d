using System.ComponentModel;
using System.Diagnostics;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Waits for the death of the editor that started the server, since an orphan would live on and keep its memory.</summary>
public static class ClientProcessWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Ends when no process of this id is alive, which may be at once.</summary>
    public static async Task WaitForExitAsync(int processId, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        while (IsAlive(processId))
        {
            await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited && !IsZombie(processId);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Exception e) when (e is Win32Exception or NotSupportedException)
        {
            // The process is there and is another user's, of whom nothing more may be known.
            return true;
        }
    }

    /// <summary>Whether the process has died and only its parent has not noticed, which in containers may last for ever.</summary>
    private static bool IsZombie(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var status = File.ReadAllText($"/proc/{processId}/stat");
            return status.AsSpan(status.LastIndexOf(')') + 1).TrimStart() is ['Z' or 'X', ..];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
