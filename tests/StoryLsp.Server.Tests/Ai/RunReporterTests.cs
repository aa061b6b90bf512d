using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>How often an editor is told of a run.</summary>
public sealed class RunReporterTests
{
    [Test]
    public async Task However_fast_a_run_is_few_words_are_made_of_it_and_the_last_is_told()
    {
        const int updates = 5000;
        var toEditor = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var fromEditor = new Pipe();
        var server = new LanguageConnection(fromEditor.Reader.AsStream(), toEditor.Writer.AsStream(), NullLogger.Instance, new ConnectionOptions { Role = ConnectionRole.Client });
        var editor = new LanguageConnection(toEditor.Reader.AsStream(), Stream.Null, NullLogger.Instance, new ConnectionOptions { Role = ConnectionRole.Client });
        var heard = new List<RunNews>();
        var last = new TaskCompletionSource();
        editor.OnNotification(ExtensionMethods.Run, news =>
        {
            heard.Add(news);
            if (news.Status == "done")
            {
                last.TrySetResult();
            }
        });
        _ = server.RunAsync();
        _ = editor.RunAsync();
        var reporter = new RunReporter(server, "synopsis", null);
        var began = Environment.TickCount64;
        for (var i = 0; i < updates; i++)
        {
            reporter.Report(new RunUpdate("1", RunStatus.Running, i, "generate", "Step " + i, i % 2 == 0 ? null : "word "));
        }

        reporter.Report(new RunUpdate("1", RunStatus.Done, updates, "", "Ready", null));
        reporter.Flush();
        await last.Task.WaitAsync(Patience.Limit);
        var seconds = (Environment.TickCount64 - began) / 1000.0;
        Assert.That(heard, Has.Count.LessThanOrEqualTo(((int)Math.Ceiling(seconds) + 1) * 10 + 2));
        Assert.That(string.Concat(heard.Select(news => news.Text)), Is.EqualTo(string.Concat(Enumerable.Repeat("word ", updates / 2))), "no word is lost");
        await fromEditor.Writer.CompleteAsync();
        await toEditor.Writer.CompleteAsync();
    }
}
