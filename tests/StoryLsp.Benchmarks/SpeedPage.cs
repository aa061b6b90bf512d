using System.Globalization;

namespace StoryLsp.Benchmarks;

/// <summary>The page of figures that is kept in the repository.</summary>
internal static class SpeedPage
{
    public static string Of(Report report, Growth? growth, GeneratedStory story) => string.Create(CultureInfo.InvariantCulture, $"""
        # How fast it is

        Written by `dotnet run --project tests/StoryLsp.Benchmarks -c Release -- --write docs/speed.md`, on {DateTime.UtcNow:d MMMM yyyy}: {Environment.ProcessorCount} processors, {Load()}a generated story of
        {story.Files} files and {story.Bytes / 1e6:F0} MB, whose longest scene has 3,000 words. Times are those of that machine and that hour; **ratios are what counts**, for both sides of one are
        measured in the same run. The *floor* is the bare cost of reading the files and running YamlDotNet's and Markdig's parsers over them. `SHORT` means what it says: the limit is not met.

        `tests/run` runs the same at a small size. There no clock fails anything, for the machine may be busy: what fails are the ratios of bytes and of processor time, a parsed file that had not
        changed, a finding in a clean story, and a link that one of two tools finds and the other does not.

        {report.ToMarkdown().TrimEnd()}

        What *side by side* compares: every relative link and heading of the same notes, checked by both from nothing; outline, references and symbols of the same notes, ours through the protocol and theirs by a
        call in the same process; and a YAML file under the same JSON Schema, both through the protocol. Not the same work: StoryLsp runs all its other rules on the way and keeps an index for the
        next start, the library keeps nothing; StoryLsp completes with the fields of the type and its ids, yaml-language-server with what the schema says. The numbers of what was found stand beside.

        ## What falls short, and why

        *The cold index.* The spec's "bare cost" can be read as that of one processor or of all. Beside one processor the limit is met until the index answers, and an editor waits for no more: it is written to disk
        behind that. Beside all processors, and until it is on disk, it is not met. Parsing is not the reason (it takes about a third of what the two libraries take): from the trees come facts and the findings of
        single documents, which cost about the floor once more, what is kept is moved by the collector, which costs half of it, and the rows for SQLite are written by one thread. `--profile cold` shows each step.

        *Ten thousand names by ten.* The limit is the project's own. A step of the matcher costs the same, but the names no longer fit into the processor's nearest memory.

        ## By size

        {growth?.ToMarkdown().TrimEnd()}

        """).ReplaceLineEndings("\n");

    private static string Load()
    {
        try
        {
            return $"a load of {File.ReadAllText("/proc/loadavg").Split(' ')[0]} when it ended (other work ran beside it where that is above 2), ";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
