using StoryLsp.Index;
using StoryLsp.Pipelines.Files;

namespace StoryLsp.Pipelines.Tests.Files;

/// <summary>Pipeline files are read, and a fault in one is told with its place and its remedy.</summary>
[TestFixture]
internal sealed class PipelineFileTests
{
    private const string Good = "pipeline: mine\ninput: scene\nsteps:\n  - context\n  - prompt: {system: Do., user: '{{context}} {{input}}'}\n  - intercept\n  - generate: {output: text}\n  - propose: {to: field, field: synopsis}\n";

    [Test]
    public void WhatShipsIsSound()
    {
        var files = Directory.GetFiles(Path.Combine(Testing.Repository.Root, "pipelines"), "*.yaml");
        Assert.That(PipelineFiles.Shipped.Select(file => file.Name), Is.EquivalentTo(files.Select(Path.GetFileNameWithoutExtension)));
        foreach (var file in files)
        {
            Assert.That(PipelineFiles.Check(File.ReadAllText(file)), Is.Empty, file);
        }

        Assert.That(PipelineFiles.Shipped.All(file => file.Stops && file.Description.Length > 0 && file.Title.Length > 0), Is.True);
    }

    [Test]
    public void AGoodFileHasNoProblem() => Assert.That(PipelineFiles.Check(Good), Is.Empty);

    [TestCase("", "", "begins with `pipeline:")]
    [TestCase("pipeline: mine\n", "pipeline", "has no `steps`")]
    [TestCase("pipeline: My Own\nsteps: [context]\n", "My Own", "lower-case")]
    [TestCase("title: x\nsteps: [context]\n", "title", "does not say its name")]
    [TestCase("version: 0", "0", "whole number from 1")]
    [TestCase("stepz: 1", "stepz", "Did you mean `steps`?")]
    [TestCase("  - contxt", "contxt", "Did you mean `context`?")]
    [TestCase("  - context: {limits: 3}", "limits", "Did you mean `limit`?")]
    [TestCase("  - context: {include: [casts]}", "casts", "Did you mean `cast`?")]
    [TestCase("  - intercept: {hint: x}", "hint", "has no options")]
    [TestCase("  - generate: {output: poem}", "poem", "one of `text`, `prose`, `yaml` and `json`")]
    [TestCase("  - generate: {output: json}", "json", "say its fields under `schema`")]
    [TestCase("  - generate: {output: json, schema: {a: {type: strng}}}", "strng", "no type of field")]
    [TestCase("  - generate: {output: json, schema: {a: {type: list, of: {type: object, fields: {b: {type: string, description: One, two.}}}}}}", "two.", "into quotes")]
    [TestCase("  - generate: {offline: magic}", "magic", "There are `summary`, `shots` and `repairs`")]
    [TestCase("  - generate: {timeout: soon}", "soon", "whole number from 1 to 3600")]
    [TestCase("  - generate: {temperature: 9}", "9", "number from 0 to 2")]
    [TestCase("  - generate: {name: context}", "context", "already")]
    [TestCase("  - validate: {on_failure: shrug}", "shrug", "`keep`, `roll-back` and `fail`")]
    [TestCase("  - prompt: {system: a}", "prompt", "needs `user`")]
    [TestCase("  - prompt: {system: a, user: '{{weather}}'}", "{{weather}}", "no step before this one has made it")]
    [TestCase("  - validate: {rules: perhaps}", "perhaps", "true or false")]
    public void AFaultIsToldWhereItStands(string line, string at, string says)
    {
        var text = line.StartsWith("  - ", StringComparison.Ordinal) ? Good.Replace("  - propose", line + "\n  - propose", StringComparison.Ordinal)
            : line.Contains("pipeline", StringComparison.Ordinal) || line.Length == 0 || line.Contains("title", StringComparison.Ordinal) ? line : Good + line + "\n";
        var problems = PipelineFiles.Check(text);
        var found = problems.FirstOrDefault(problem => problem.Message.Contains(says, StringComparison.Ordinal));
        Assert.That(found, Is.Not.Null, string.Join("\n", problems.Select(problem => problem.Message)));
        Assert.That(text.Substring(found!.Span.Start, found.Span.Length).Trim('\'', '"'), Does.Contain(at));
    }

    [TestCase("- generate: {output: text}", "- intercept", "asks no model")]
    [TestCase("  - prompt: {system: Do., user: '{{context}} {{input}}'}\n", "", "no prompt to look at yet")]
    [TestCase("  - context\n", "", "no step `context` stands before this one")]
    [TestCase("  - propose", "  - propose: {to: nothing}\n  - propose", "A run makes one proposal")]
    [TestCase("  - intercept", "  - propose: {to: nothing}\n  - intercept", "There is no answer to propose")]
    [TestCase("  - intercept", "  - validate\n  - intercept", "There is no answer to look at")]
    [TestCase("field: synopsis", "file: a.md", "needs `field`")]
    [TestCase("{to: field, field: synopsis}", "{to: edits}", "a list `edits` of objects with `file`, `old` and `new`")]
    [TestCase("input: scene", "input: text", "no container to write into")]
    [TestCase("  - propose", "  - intercept\n  - propose", "was sent already")]
    [TestCase("{to: field, field: synopsis}", "{to: file, file: ../x.md}", "lies outside of the story")]
    [TestCase("{to: field, field: synopsis}", "{to: file, file: '.git/hooks/{{input}}'}", "lies outside of the story")]
    [TestCase("{to: field, field: synopsis}", "{to: file, file: story.yaml}", "it is `story.yaml`")]
    [TestCase("{to: field, field: synopsis}", "{to: file, file: run.sh}", "no file of a story")]
    [TestCase("{to: field, field: synopsis}", "{to: file, file: 'a/{{answer}}.md'}", "has no value in a path")]
    [TestCase("  - intercept", "  - intercept\n  - intercept", "stopped at this prompt already")]
    public void StepsThatDoNotFitTogetherAreTold(string from, string to, string says) =>
        Assert.That(PipelineFiles.Check(Good.Replace(from, to, StringComparison.Ordinal)).Select(problem => problem.Message), Has.Some.Contains(says));

    [Test]
    public void AWorkspacesOwnFileReplacesTheShippedOne()
    {
        var workspace = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- pipelines/synopsis.yaml\n" + Good.Replace("mine", "synopsis", StringComparison.Ordinal) + "//- pipelines/mine.yaml\n" + Good);
        Assert.That(PipelineFiles.Find(workspace.Snapshot, "synopsis")!.Path, Is.EqualTo("pipelines/synopsis.yaml"));
        Assert.That(PipelineFiles.Find(workspace.Snapshot, "mine")!.Path, Is.EqualTo("pipelines/mine.yaml"));
        Assert.That(workspace.AllFindings(), Is.Empty);
    }

    [Test]
    public async Task AWrongFileIsAFindingAndAnotherFolderOfThatNameIsNot()
    {
        Assert.That(await FindingsAsync(true, "pipeline: mine\nsteps:\n  - contxt\n"), Is.EqualTo(new[] { "schema/invalid" }));
        Assert.That(await FindingsAsync(true, "pipeline: mine\ninput: unicorn\n" + Good[(Good.IndexOf("steps", StringComparison.Ordinal))..]), Is.EqualTo(new[] { "schema/invalid" }));
        Assert.That(await FindingsAsync(true, Good.Replace("field: synopsis", "field: synopsys", StringComparison.Ordinal)), Is.EqualTo(new[] { "schema/invalid" }));
        Assert.That(await FindingsAsync(true, "stages: 3\n"), Is.Not.Empty);
        Assert.That(await FindingsAsync(true, "type: location\nname: The Trans-Siberian\n"), Is.Empty);
        Assert.That(await FindingsAsync(false, "length: 300 km\n"), Is.Empty);
        Assert.That(await FindingsAsync(false, "pipeline: mine\nsteps: []\n"), Is.Not.Empty);
        Assert.That(await FindingsAsync(true, Good), Is.Empty);
    }

    private static async Task<IEnumerable<string>> FindingsAsync(bool isStory, string text)
    {
        var root = Directory.CreateTempSubdirectory("storylsp-pipelines-").FullName;
        try
        {
            if (isStory)
            {
                await File.WriteAllTextAsync(Path.Combine(root, "story.yaml"), "story: 1\n");
            }

            Directory.CreateDirectory(Path.Combine(root, "pipelines"));
            await File.WriteAllTextAsync(Path.Combine(root, "pipelines", "mine.yaml"), text);
            await using var workspace = Workspace.Open(new WorkspaceOptions { Root = root, DocumentRules = PipelineFiles.DocumentRules, UseIndexFile = false });
            await workspace.IndexAsync(null, CancellationToken.None);
            return [.. new Continuity.Findings().Of(workspace.Current, "pipelines/mine.yaml").Select(finding => finding.Code)];
        }
        finally
        {
            Directory.Delete(root, true);
        }
    }
}
