using System.Globalization;
using StoryLsp.Language.Text;

namespace StoryLsp.Testing;

/// <summary>A place where a finding may stand: words in a scene's annotation or in a file, or the whole of either.</summary>
/// <param name="Target">In what; <see cref="SlipTarget.Novel"/> stands for the first slip's replacement, whatever it is in.</param>
/// <param name="Name">The scene's id or the file's path.</param>
/// <param name="Words">The words, or empty for all of it.</param>
public sealed record FaultPlace(SlipTarget Target, string Name, string Words);

/// <summary>A planted fault: what is changed, which rule has to say so, and where.</summary>
/// <param name="Line">The line of the label, counted from 1.</param>
/// <param name="Code">The rule.</param>
/// <param name="Slips">The changes that make it.</param>
/// <param name="Places">Where the finding may stand.</param>
public sealed record PlantedFault(int Line, string Code, IReadOnlyList<Slip> Slips, IReadOnlyList<FaultPlace> Places)
{
    /// <summary>Reads labels; how they are written stands at the top of the file.</summary>
    public static IReadOnlyList<PlantedFault> ReadAll(string path)
    {
        var result = new List<PlantedFault>();
        var slips = new List<Slip>();
        var places = new List<FaultPlace>();
        var number = 0;
        foreach (var line in File.ReadAllLines(path))
        {
            number++;
            var space = line.IndexOf(' ');
            if (space <= 0)
            {
                continue;
            }

            var rest = line[(space + 1)..];
            switch (line[..space])
            {
                case "fault":
                    (slips, places) = ([], []);
                    result.Add(new PlantedFault(number, rest, slips, places));
                    break;
                case "novel" or "scene" or "file":
                    slips.Add(ReadSlip(line));
                    break;
                case "at":
                    places.Add(ReadPlace(rest));
                    break;
            }
        }

        return result;
    }

    /// <summary>The spans of a copy with the fault in which the finding may stand, each with its file.</summary>
    public IEnumerable<(string Path, TextSpan Span)> Spans(NovelCopy copy)
    {
        foreach (var place in Places)
        {
            var (path, region, words) = RegionOf(copy, place);
            var at = words.Length == 0 ? 0 : copy.Texts[path].Substring(region.Start, region.Length).IndexOf(words, StringComparison.Ordinal);
            if (at < 0)
            {
                throw new InvalidDataException($"Label {Line}: `{words}` is not in {path}.");
            }

            yield return (path, words.Length == 0 ? region : new TextSpan(region.Start + at, words.Length));
        }
    }

    private (string Path, TextSpan Region, string Words) RegionOf(NovelCopy copy, FaultPlace place)
    {
        switch (place.Target)
        {
            case SlipTarget.Scene:
                return (AnnotatedNovel.Path, copy.Places[place.Name], place.Words);
            case SlipTarget.File:
                return (place.Name, new TextSpan(0, copy.Texts[place.Name].Length), place.Words);
        }

        var first = Slips[0];
        switch (first.Target)
        {
            case SlipTarget.Novel:
                return (AnnotatedNovel.Path, copy.Places["@" + first.Offset.ToString(CultureInfo.InvariantCulture)], place.Words);
            case SlipTarget.Scene:
                return (AnnotatedNovel.Path, copy.Places[first.Name], place.Words);
            default:
                var at = copy.Texts[first.Name].IndexOf(first.New, StringComparison.Ordinal);
                return (first.Name, new TextSpan(at, first.New.Length), place.Words);
        }
    }

    private static Slip ReadSlip(string line)
    {
        var head = line[..line.IndexOf(':')].Split(' ', 2);
        var sides = line[(line.IndexOf(':') + 2)..].Split(" => ", 2);
        var (old, now) = (LineEnds(sides[0]), LineEnds(sides[1]));
        return head[0] switch
        {
            "novel" => new Slip(SlipTarget.Novel, "", int.Parse(head[1], CultureInfo.InvariantCulture), old, now),
            "scene" => new Slip(SlipTarget.Scene, head[1], 0, old, now),
            _ => new Slip(SlipTarget.File, head[1], 0, old, now),
        };
    }

    private static FaultPlace ReadPlace(string text)
    {
        foreach (var (word, target) in new[] { ("scene ", SlipTarget.Scene), ("file ", SlipTarget.File) })
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
            {
                var parts = text[word.Length..].Split(": ", 2);
                return new FaultPlace(target, parts[0], parts.Length > 1 ? parts[1] : "");
            }
        }

        return new FaultPlace(SlipTarget.Novel, "", text);
    }

    private static string LineEnds(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal);
}
