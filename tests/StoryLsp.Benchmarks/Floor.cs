using System.Diagnostics;
using System.Text;
using Markdig;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace StoryLsp.Benchmarks;

/// <summary>
/// The bare cost that the product is measured against: read each file, and let YamlDotNet's and Markdig's parsers run over it. Nothing is
/// kept, looked up or written.
/// </summary>
internal static class Floor
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().Build();

    /// <summary>The time for all files, one after the other.</summary>
    public static TimeSpan Single(string root) => Time(root, files => Array.ForEach(files, file => Parse(file)));

    /// <summary>The time for all files on all processors.</summary>
    public static TimeSpan Parallel(string root) => Time(root, files =>
        System.Threading.Tasks.Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, file => Parse(file)));

    /// <summary>The time to parse one text, which is in memory already.</summary>
    public static TimeSpan OfText(string path, string text)
    {
        var clock = Stopwatch.StartNew();
        ParseText(path, text);
        return clock.Elapsed;
    }

    private static TimeSpan Time(string root, Action<string[]> run)
    {
        // Finding the files is no part of it, so the product pays for its walk itself.
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/.story/", StringComparison.Ordinal) && Path.GetExtension(file) is ".md" or ".yaml").ToArray();
        var clock = Stopwatch.StartNew();
        run(files);
        return clock.Elapsed;
    }

    private static void Parse(string file) => ParseText(file, File.ReadAllText(file, Encoding.UTF8));

    private static void ParseText(string path, string text)
    {
        if (path.EndsWith(".yaml", StringComparison.Ordinal))
        {
            ParseYaml(text);
            return;
        }

        var end = text.StartsWith("---\n", StringComparison.Ordinal) ? text.IndexOf("\n---\n", 3, StringComparison.Ordinal) : -1;
        if (end > 0)
        {
            ParseYaml(text[4..(end + 1)]);
        }

        var document = Markdown.Parse(end > 0 ? text[(end + 5)..] : text, Pipeline);
        foreach (var block in document)
        {
            if (block is Markdig.Syntax.FencedCodeBlock { Info: "story" } fence)
            {
                ParseYaml(fence.Lines.ToString());
            }
        }
    }

    private static void ParseYaml(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (parser.Current is StreamEnd)
            {
                return;
            }
        }
    }
}
