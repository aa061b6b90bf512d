using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.House;

/// <summary>Where things live, and which way they flow, as ARCHITECTURE.md says it.</summary>
public sealed partial class HouseTests
{
    private static readonly string[] TopLevel = ["StoryLsp.sln", "server", "clients", "grammars", "schemas", "pipelines", "packages", "docs", "tests", "examples", "README.md", "LICENSE", "ARCHITECTURE.md", "global.json"];

    // What builds, tools and installations leave, and git does not keep.
    private static readonly string[] Left = [".git", "artifacts", "node_modules", ".tools", "dist", ".vs", "bin", "obj", ".story", ".vscode-test"];

    private static readonly Dictionary<string, string[]> MayRefer = new()
    {
        ["StoryLsp.Protocol"] = [],
        ["StoryLsp.Protocol.Generator"] = [],
        ["StoryLsp.Language"] = [],
        ["StoryLsp.Index"] = ["StoryLsp.Language"],
        ["StoryLsp.Continuity"] = ["StoryLsp.Index"],
        ["StoryLsp.Features"] = ["StoryLsp.Continuity"],
        ["StoryLsp.Pipelines"] = ["StoryLsp.Continuity"],
        ["StoryLsp.Server"] = ["StoryLsp.Features", "StoryLsp.Pipelines", "StoryLsp.Protocol"],
        ["StoryLsp.Cli"] = ["StoryLsp.Server"],
    };

    [Test]
    public void References_point_down_and_nowhere_else()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "server"), "*.csproj", SearchOption.AllDirectories);
        var actual = projects.ToDictionary(
            project => Path.GetFileNameWithoutExtension(project),
            project => XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))).Order(StringComparer.Ordinal).ToArray());
        Assert.That(actual.Keys, Is.EquivalentTo(MayRefer.Keys));
        foreach (var (project, references) in actual)
        {
            Assert.That(references, Is.EqualTo(MayRefer[project]), project);
        }
    }

    [Test]
    public void Only_the_server_knows_the_protocol()
    {
        var knowing = Sources("server").Where(file => ProtocolUse().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "server"), file).Split(Path.DirectorySeparatorChar)[0]).Distinct();
        Assert.That(knowing, Is.SubsetOf(new[] { "StoryLsp.Protocol", "StoryLsp.Protocol.Generator", "StoryLsp.Server" }));
    }

    [Test]
    public void The_console_is_banned_in_all_that_the_server_loads()
    {
        Assert.That(File.ReadAllText(Path.Combine(Repository.Root, "server", "BannedSymbols.txt")), Does.Contain("T:System.Console"));
        var allowed = Directory.GetFiles(Path.Combine(Repository.Root, "server"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("AllowConsole", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension);
        Assert.That(allowed, Is.SubsetOf(new[] { "StoryLsp.Cli", "StoryLsp.Protocol.Generator" }));
    }

    [Test]
    public void The_top_level_is_what_it_was_agreed_to_be()
    {
        var entries = Directory.GetFileSystemEntries(Repository.Root).Select(entry => Path.GetFileName(entry)!)
            .Where(name => !name.StartsWith('.') && !name.StartsWith("Directory.", StringComparison.Ordinal) && !Left.Contains(name));
        Assert.That(entries, Is.EquivalentTo(TopLevel));
    }

    [Test]
    public void Every_folder_of_the_server_says_what_it_may_know()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(Repository.Root, "server")))
        {
            var page = Path.Combine(folder, "README.md");
            Assert.That(File.Exists(page), Is.True, folder + " has no README.md");
            Assert.That(File.ReadLines(page).First(), Does.Contain("know"), page);
        }
    }

    [Test]
    public void Every_project_is_part_of_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "StoryLsp.sln"));
        foreach (var project in Files().Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            Assert.That(solution, Does.Contain(Path.GetFileName(project)));
        }
    }

    [Test]
    public void Package_versions_stand_in_one_place()
    {
        var own = Files().Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference").Where(package => package.Attribute("Version") is not null).Select(package => $"{file}: {package}"));
        Assert.That(own, Is.Empty);
    }

    [Test]
    public void Nothing_is_left_to_be_done_and_nothing_names_a_machine()
    {
        var faults = new List<string>();
        foreach (var file in Files().Where(IsText))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (Unfinished().IsMatch(line) || MachinePath().IsMatch(line) || RegistryHost().IsMatch(line))
                {
                    faults.Add($"{Path.GetRelativePath(Repository.Root, file)}:{number}: {line.Trim()[..Math.Min(line.Trim().Length, 160)]}");
                }
            }
        }

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void A_file_of_code_has_one_subject()
    {
        var long_ = Sources("server").Where(file => !file.Contains("Generated", StringComparison.Ordinal)).Where(file => File.ReadLines(file).Count() > 450);
        Assert.That(long_, Is.Empty);
        var vague = Sources("server").Select(Path.GetFileNameWithoutExtension).Where(name => VagueName().IsMatch(name!));
        Assert.That(vague, Is.Empty);
    }

    private static bool IsText(string file) =>
        Path.GetFileName(file) != "HouseTests.cs" && Path.GetExtension(file) is not (".png" or ".vsix" or ".ico" or ".db" or ".gz" or ".zip" or ".svg");

    private static IEnumerable<string> Sources(string folder) => Files(Path.Combine(Repository.Root, folder)).Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    private static IEnumerable<string> Files() => Files(Repository.Root);

    private static IEnumerable<string> Files(string folder)
    {
        foreach (var file in Directory.GetFiles(folder).Where(file => !file.Contains(".received.", StringComparison.Ordinal) && Path.GetFileName(file) != ".git"))
        {
            yield return file;
        }

        foreach (var file in Directory.GetDirectories(folder).Where(inner => !Left.Contains(Path.GetFileName(inner))).SelectMany(Files))
        {
            yield return file;
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|XXX:)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![\w.])/(work|root|home/\w+|tmp/wt)/|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"""resolved"": ""https?:|^\s*registry\s*=|<add key=""[^""]*"" value=""https?:")]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(Manager|Helper|Helpers|Util|Utils)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"StoryLsp\.Protocol\b(?!\.Generator)")]
    private static partial Regex ProtocolUse();
}
