namespace StoryLsp.Pipelines.Proposals;

/// <summary>Lets one decision at a time be made in a workspace, whatever process makes it. It ends with the process.</summary>
internal sealed class ProposalLock : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private ProposalLock(FileStream file) => _file = file;

    /// <summary>Waits for its turn.</summary>
    /// <exception cref="IOException">Somebody else does not come to an end, or the folder cannot be written.</exception>
    public static ProposalLock Take(string root)
    {
        var folder = Path.Combine(root, ".story", "cache");
        try
        {
            Directory.CreateDirectory(folder);
            var ignore = Path.Combine(folder, ".gitignore");
            if (!File.Exists(ignore))
            {
                File.WriteAllText(ignore, "*\n");
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException("The folder .story/cache cannot be written.", exception);
        }

        var path = Path.Combine(folder, "proposals.lock");
        for (var waited = TimeSpan.Zero; ; waited += Step)
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new IOException("The folder .story/cache cannot be written.", exception);
            }
            catch (IOException) when (waited < Longest)
            {
                Thread.Sleep(Step);
            }
            catch (IOException exception)
            {
                throw new IOException("Another program is deciding about proposals of this story and does not come to an end. Try again when it has.", exception);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
