// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/runtime.h"

#include "common/base/log.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <pthread.h>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace vorfahrt::server::net {

struct Runtime::Impl {
    explicit Impl(unsigned count)
        : context(static_cast<int>(count)),
          work(context.get_executor()) {}

    void run(unsigned index) {
        const std::string name = "net-" + std::to_string(index);
        pthread_setname_np(pthread_self(), name.c_str());
        for (;;) {
            try {
                context.run();
                return;
            } catch (const std::exception& error) {
                // One broken session must not take the others along.
                log::error("net", "exception reached a network thread: {}", error.what());
            }
        }
    }

    boost::asio::io_context context;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
    std::vector<std::thread> threads;
};

Runtime::Runtime(unsigned threads)
    : impl_(std::make_unique<Impl>(threads == 0 ? 1 : threads)) {
    for (unsigned i = 0; i < (threads == 0 ? 1 : threads); ++i) {
        impl_->threads.emplace_back([impl = impl_.get(), i] { impl->run(i); });
    }
}

Runtime::~Runtime() {
    stop();
}

boost::asio::any_io_executor Runtime::executor() const {
    return impl_->context.get_executor();
}

void Runtime::stop() {
    impl_->work.reset();
    impl_->context.stop();
    for (std::thread& thread : impl_->threads) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

std::size_t raiseFileLimit() {
    struct rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 0;
    }
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

}  // namespace vorfahrt::server::net
