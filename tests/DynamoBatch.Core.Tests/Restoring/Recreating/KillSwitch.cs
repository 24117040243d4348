using System;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;

namespace DynamoBatch.Core.Tests.Restoring.Recreating;

/// <summary>A client, and a clock for the journal, of a run that dies at a given moment: from then on nothing that it does has any effect.</summary>
public class KillSwitch : DispatchProxy
{
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IAmazonDynamoDB _client = null!;
    private int _requestsLeft;
    private bool _afterEffect;
    private int _writesLeft;

    /// <summary>Ends when the run has died.</summary>
    public Task Killed => _killed.Task;

    public TimeProvider JournalClock { get; private set; } = null!;

    /// <summary>Dies at a request that may change something, before or after its effect, or before a line of the journal is written.</summary>
    public static (IAmazonDynamoDB Client, KillSwitch Switch) Create(IAmazonDynamoDB client, TimeProvider clock, int? atRequest, bool afterEffect, int? atJournalWrite)
    {
        IAmazonDynamoDB proxy = Create<IAmazonDynamoDB, KillSwitch>();
        var kill = (KillSwitch)(object)proxy;
        kill._client = client;
        kill._requestsLeft = atRequest ?? int.MaxValue;
        kill._afterEffect = afterEffect;
        kill._writesLeft = atJournalWrite ?? int.MaxValue;
        kill.JournalClock = new DyingClock(kill, clock);
        return (proxy, kill);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        bool changes = !(targetMethod.Name.StartsWith("Describe", StringComparison.Ordinal) || targetMethod.Name.StartsWith("List", StringComparison.Ordinal) || targetMethod.Name.StartsWith("Get", StringComparison.Ordinal));
        bool dies = changes && !_killed.Task.IsCompleted && --_requestsLeft < 0;
        if (_killed.Task.IsCompleted || (dies && !_afterEffect))
        {
            _killed.TrySetResult();
            return Never(targetMethod.ReturnType);
        }

        object? answer = targetMethod.Invoke(_client, args);
        if (!dies)
        {
            return answer;
        }

        ((Task)answer!).ContinueWith(_ => _killed.TrySetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return Never(targetMethod.ReturnType);
    }

    private static object Never(Type task)
    {
        Type source = typeof(TaskCompletionSource<>).MakeGenericType(task.GetGenericArguments()[0]);
        return source.GetProperty(nameof(TaskCompletionSource.Task))!.GetValue(Activator.CreateInstance(source))!;
    }

    private sealed class DyingClock(KillSwitch kill, TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            if (--kill._writesLeft < 0)
            {
                kill._killed.TrySetResult();
                throw new InvalidOperationException("Killed before this line of the journal.");
            }

            return clock.GetUtcNow();
        }
    }
}
