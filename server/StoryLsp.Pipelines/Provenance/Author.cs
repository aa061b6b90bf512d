using System.Diagnostics;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>Who sits at the keyboard.</summary>
public static class Author
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The name that git writes into commits of a folder; where there is none, the user's name on this computer.</summary>
    public static string Of(string root) => GitName(root) is { Length: > 0 } name ? name : Environment.UserName is { Length: > 0 } user ? user : "unknown";

    private static string? GitName(string root)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["config", "user.name"])
            {
                WorkingDirectory = root,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (git is null)
            {
                return null;
            }

            git.StandardInput.Close();
            _ = git.StandardError.ReadToEndAsync();
            var name = git.StandardOutput.ReadToEndAsync();
            if (!git.WaitForExit(Patience))
            {
                git.Kill();
                return null;
            }

            return git.ExitCode == 0 ? name.GetAwaiter().GetResult().Trim() : null;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
